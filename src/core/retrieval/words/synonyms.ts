import { stem } from '../../platform/text/words.ts';

/**
 * What people say and what code says for the same thing, a group a line. Words that mean much else
 * in code are left out: a group is as good as its least telling word.
 */
const GROUPS = `
address url uri link href
answer response reply
ask request query
layer middleware interceptor
setting option config configuration preference
placeholder param parameter argument
verb method
folder directory dir
believe trust
combine merge join concat
send emit dispatch transmit
failure error exception
fail throw raise
forget remove delete clear drop strip
choose select pick determine negotiate decide
beginning prefix start
ending suffix
store save persist cache
reuse cache
credential password auth authorization
picture image
text string
number int integer
size length
piece chunk part segment
cancel abort
wait delay sleep timeout
again retry
repeat loop iterate
list array slice
dictionary map dict hash
convert transform turn
read parse load decode
show display render print
create make build construct generate
check validate verify assert
compare equal diff
find lookup search locate
run execute invoke call perform
callback handler hook listener
browser client
machine server host
connect connection socket
site origin domain
secure tls ssl https
encode escape quote
decode unescape unquote
unsigned uint
protect guard auth
wrap decorate
copy clone duplicate
default fallback
order sort
moment time date timestamp
thread goroutine worker
lock mutex
template view
terminal console tty
environment env
quit exit
forward redirect proxy
nested recursive
description doc help
choice enum option
switch toggle enable
allow permit accept
refuse reject deny forbid
hide mask redact
notice notify event
replace substitute
split separate delimiter
limit maximum max
least minimum min
count amount total
body payload content
mime type content
column field property attribute
key name id identifier
package module library
instance object
state status
shared common
subclass inherit extend
beautify format
compress gzip deflate zip
null nil none undefined absent missing
begin start launch init initialize setup
stop end finish close terminate shutdown
flag option switch
prompt ask confirm
word token term
sign symbol character char letter
line row
group bundle
type kind
member field attribute
parent ancestor outer enclosing
child descendant inner
wrapper box
lenient tolerant loose
pretty indent
newline linebreak
skip ignore omit exclude
first head
last tail final
previous former prior earlier
old legacy deprecated
add append push insert register
rename move
change update modify edit alter
reverse invert flip
random shuffle
certificate cert ssl
adapter transport
download fetch retrieve get
stream pipe
rewind seek
lazy deferred
warn warning alert
log trace record
same equal identical
greater larger bigger
lower smaller less
sum total
round truncate
hex hexadecimal
hash digest checksum fingerprint etag
shell bash
executable binary program
platform os system
ip address
domain hostname host
recover rescue catch
subscribe listen watch observe
interval period
fill populate
extract unpack
archive zip tar
screen terminal
flush write
temporary temp tmp
file document
`;

const synonyms = new Map<string, Set<string>>();
for (const line of GROUPS.trim().split('\n')) {
  const group = line.split(' ').map(stem);
  for (const word of group) {
    const known = synonyms.get(word) ?? new Set<string>();
    synonyms.set(word, known);
    for (const other of group) if (other !== word) known.add(other);
  }
}

/** Stems that code may have for a stem. */
export function synonymsOf(term: string): Iterable<string> {
  return synonyms.get(term) ?? [];
}
