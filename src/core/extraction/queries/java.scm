; Names of captures: see captures.ts.
[(method_declaration) (constructor_declaration) (compact_constructor_declaration)] @function
[(class_declaration) (record_declaration)] @class
[(enum_declaration) (interface_declaration)] @type
[(if_statement) (for_statement) (enhanced_for_statement) (while_statement) (do_statement) (catch_clause) (ternary_expression) (guard) "&&" "||"] @decision
(switch_label) @case
[(line_comment) (block_comment)] @comment
[(string_literal) (character_literal)] @literal
(lambda_expression) @closure
