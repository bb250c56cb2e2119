; Names of captures: see captures.ts.
[(function_declaration) (method_declaration)] @function
[(type_declaration) (type_spec)] @class
[(if_statement) (for_statement) (expression_case) (type_case) (communication_case) "&&" "||"] @decision
(comment) @comment
(raw_string_literal) @literal
(func_literal) @closure
