; Names of captures: see captures.ts.
[(function_declaration) (secondary_constructor)] @function
[(class_declaration) (object_declaration)] @class
(companion_object) @scope
[(if_expression) (for_statement) (while_statement) (do_while_statement) (catch_block) "&&" "||" "?:"] @decision
(when_entry) @case
[(line_comment) (block_comment) (shebang)] @comment
[(string_literal) (multiline_string_literal) (character_literal)] @literal
[(lambda_literal) (anonymous_function) (getter) (setter)] @closure
