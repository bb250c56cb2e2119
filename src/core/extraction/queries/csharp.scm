; Names of captures: see captures.ts.
[(method_declaration) (constructor_declaration) (destructor_declaration) (operator_declaration) (conversion_operator_declaration) (local_function_statement)] @function
[(class_declaration) (record_declaration)] @class
[(struct_declaration) (interface_declaration)] @type
[(if_statement) (for_statement) (foreach_statement) (while_statement) (do_statement) (catch_clause) (when_clause) (conditional_expression) "&&" "||" "??" "??="] @decision
[(switch_section) (switch_expression_arm)] @case
(comment) @comment
[(string_literal) (verbatim_string_literal) (raw_string_literal) (interpolated_string_expression) (character_literal)] @literal
[(lambda_expression) (anonymous_method_expression) (accessor_declaration) (arrow_expression_clause)] @closure
