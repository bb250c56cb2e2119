; Names of captures: see captures.ts.
(function_item) @function
[(impl_item) (trait_item)] @type
(attribute_item) @prefix
[(if_expression) (while_expression) (for_expression) (try_expression) "&&" "||"] @decision
(let_declaration "else" @decision)
(match_pattern "if" @decision)
(match_arm) @case
[(line_comment) (block_comment)] @comment
[(string_literal) (raw_string_literal) (char_literal)] @literal
(closure_expression) @closure
