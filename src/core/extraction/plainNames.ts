/** What every language or type has one of: a mention says nothing of whose it is. */
const EVERYWHERE =
  /^(?:__\w+|constructor|default|main|new|init|initialize|clone|copy|fmt|drop|to_?string|to_s|inspect|equals|hash_?code|get_?hash_?code|set_?up|tear_?down|before_?each|after_?each|data|call|get|set|has|add|put|run|next|close|value_?of|to_?array|to_?list|(?:add|put|remove|contains|retain)_?all|is_?empty|index_?of|last_?index_?of|contains_?key|for_?each|has_?next|entry_?set|key_?set|starts_?with|ends_?with|to_?(?:lower|upper)_?case|compare_?to|(?:try_)?(?:from|into)|from_str|as_(?:ref|mut))$/i;

/** Whether nearly every type or file has something of that name. */
export function isPlainName(name: string): boolean {
  return EVERYWHERE.test(name);
}

/** Whether a name is of several words, and so seldom that of something else. */
export function isDistinct(name: string): boolean {
  return /[\p{Ll}\p{N}]\p{Lu}|[^_]_[^_]/u.test(name);
}
