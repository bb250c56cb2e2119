// Loaded before a program: prints at its end which files it has read as modules, one a line.
process.on('exit', () => {
  process.stderr.write(Object.keys(require.cache).join('\n') + '\n');
});
