; Names of captures: see captures.ts.
[(function_definition) (method_declaration)] @function
[(class_declaration) (trait_declaration)] @class
[(interface_declaration) (enum_declaration)] @type
[(if_statement) (else_if_clause) (for_statement) (foreach_statement) (while_statement) (do_statement) (catch_clause) (conditional_expression) (case_statement) (match_conditional_expression) "&&" "||" "and" "or" "xor" "??" "??="] @decision
(comment) @comment
[(string) (encapsed_string) (heredoc) (nowdoc) (shell_command_expression) (text)] @literal
[(anonymous_function) (arrow_function) (property_hook)] @closure
