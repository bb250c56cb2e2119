; Names of captures: see captures.ts.
(function_definition) @function
(class_definition) @class
(decorator) @prefix
[(if_statement) (elif_clause) (for_statement) (while_statement) (except_clause) (conditional_expression) (for_in_clause) (if_clause) "and" "or"] @decision
(case_clause) @case
(comment) @comment
(string) @literal
(lambda) @closure
