/** What a node of a grammar is to an idiom, told by its type: grammars name alike things alike. */
export const Role = {
  none: 0,
  comment: 1,
  literal: 2,
  /** Holds statements, any run of which may recur. */
  block: 3,
  /** Holds statements whose order is that of members: each stands for itself. */
  members: 4,
  /** A branch of a switch, which holds statements after its colon. */
  branch: 5,
  arguments: 6,
  collection: 7,
  type: 8,
  parameters: 9,
  call: 10,
  closure: 11,
  /** Imports and the like, which say nothing of how things are done. */
  heading: 12,
} as const;
export type Role = (typeof Role)[keyof typeof Role];

const ROLES: readonly (readonly [Role, RegExp])[] = [
  [Role.comment, /comment$/],
  [
    Role.literal,
    /^(string|string_literal|template_string|encapsed_string|heredoc|nowdoc|heredoc_beginning|heredoc_body|character|regex|delimited_symbol|string_array|symbol_array|subshell|concatenated_string|integer|float|number|rational|complex|imaginary|jsx_text)$|(string|char|rune|number|int|integer|float|real|imaginary|verbatim_string|raw_string)_literal$|^(interpolated_string_expression|interpreted_string_literal|multiline_string_literal|text_interpolation)$/,
  ],
  [
    Role.heading,
    /^(import|use|using|package|extern_crate|namespace_use)(_|$)|^future_import|^preproc_|^(php_tag|hash_bang_line|attribute_item|inner_attribute_item)$/,
  ],
  [
    Role.members,
    /^(module|program|source_file|compilation_unit|translation_unit|class_body|declaration_list|field_declaration_list|interface_body|enum_body|enum_class_body|object_type)$/,
  ],
  [
    Role.block,
    /^(block|statement_block|statement_list|compound_statement|body_statement|then|else|ensure|begin|do|block_body|constructor_body|lambda_literal)$/,
  ],
  [
    Role.branch,
    /^(switch_section|case_statement|default_statement|switch_case|switch_default|switch_block_statement_group)$/,
  ],
  [Role.arguments, /^(value_|bracketed_|attribute_)?argument(s|_list)$|^token_tree$/],
  [
    Role.collection,
    /^(list|dictionary|set|tuple|array|object|hash|literal_value|array_expression|tuple_expression|initializer_list|array_creation_expression|array_initializer|initializer_expression|collection_literal|collection_expression|field_initializer_list)$/,
  ],
  [
    Role.type,
    /(^|_)type(s|_arguments|_annotation|_parameters|_parameter_list|_argument_list|_identifier|_list)?$/,
  ],
  [Role.parameters, /(^|_)(parameters|parameter_list|parameter_declaration|implicit_parameter)$/],
  [
    Role.closure,
    /^(lambda|lambda_expression|arrow_function|function_expression|generator_function|func_literal|closure_expression|anonymous_function|anonymous_method_expression|do_block|annotated_lambda)$/,
  ],
  [
    Role.call,
    /(call|invocation)(_expression)?$|^(new_expression|object_creation_expression|instance_expression)$/,
  ],
];

export function roleOf(type: string, isNamed: boolean): Role {
  if (!isNamed) return Role.none;
  return ROLES.find(([, types]) => types.test(type))?.[0] ?? Role.none;
}

/** What the body of a class goes by where it has no type of its own. */
const CLASS_LIKE = /^(class|class_definition|module|singleton_class)$/;

/** Whether a block is the body of a class. */
export function isClass(type: string): boolean {
  return CLASS_LIKE.test(type);
}
