; Names of captures: see captures.ts.
[(method) (singleton_method)] @function
(class) @class
(module) @type
[(do_block) (block)] @closure
[(if) (unless) (elsif) (while) (until) (for) (if_modifier) (unless_modifier) (while_modifier) (until_modifier) (rescue) (rescue_modifier) (when) (in_clause) (if_guard) (unless_guard) (conditional) "&&" "||" "and" "or" "&&=" "||="] @decision
(comment) @comment
[(string) (simple_symbol) (delimited_symbol) (string_array) (symbol_array) (regex) (subshell) (heredoc_beginning) (heredoc_body) (character)] @literal
