; Names of captures: see captures.ts.
(function_definition) @function
(class_specifier) @class
(struct_specifier) @type
(template_declaration) @wrapper
[(if_statement) (for_statement) (for_range_loop) (while_statement) (do_statement) (catch_clause) (conditional_expression) "&&" "||" "and" "or"] @decision
(case_statement) @case
(comment) @comment
[(string_literal) (char_literal) (raw_string_literal) (system_lib_string)] @literal
(lambda_expression) @closure
