/** A project of one file with a mistake, and what a scripted model answers when it is to mend it. */
export const CART = 'def total(prices):\n    return sum(prices) - 1\n';

export function edit(path: string, search: string, replace: string): string {
  return `### ${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
}

export const GOOD = edit('shop/cart.py', '    return sum(prices) - 1', '    return sum(prices)');
export const USELESS = edit(
  'shop/cart.py',
  '    return sum(prices) - 1',
  '    return sum(prices) - 2',
);
/** Leads out of the project, and to what git would run. */
export const HOSTILE =
  edit('../outside.py', '', 'import os') + edit('.git/hooks/pre-commit', '', 'rm');
export const TEST = edit(
  'tests/test_cart.py',
  '',
  'import sys\nsys.path.insert(0, ".")\nfrom shop.cart import total\nassert total([1]) == 1',
);

const RUN_ALL =
  'import glob, runpy; [runpy.run_path(name) for name in glob.glob("tests/test_*.py")]';

/** Runs all tests there are; a project without them passes. */
export const CART_COMMAND = { program: 'python3', args: ['-c', RUN_ALL] };
/** The same as one line. */
export const CART_TESTS = `python3 -c '${RUN_ALL}'`;
