; Names of captures: see captures.ts.
[(function_declaration) (generator_function_declaration) (method_definition)] @function
[(arrow_function) (function_expression) (generator_function) (class)] @closure
(class_declaration) @class
(decorator) @prefix
[(if_statement) (for_statement) (for_in_statement) (while_statement) (do_statement) (catch_clause) (ternary_expression) (switch_case) "&&" "||" "??" "&&=" "||=" "??="] @decision
(comment) @comment
[(template_string) (regex)] @literal
[(html_comment) (hash_bang_line)] @comment
(jsx_text) @literal
[(jsx_element) (jsx_self_closing_element)] @jsx
