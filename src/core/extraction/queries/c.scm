; Names of captures: see captures.ts.
(function_definition) @function
[(if_statement) (for_statement) (while_statement) (do_statement) (conditional_expression) "&&" "||"] @decision
(case_statement) @case
(comment) @comment
[(string_literal) (char_literal) (system_lib_string)] @literal
