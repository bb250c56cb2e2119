import { halfOf, type JudgedQuery } from './groundTruth.ts';

/** Queries no library of code answers: everyday sentences and keyboard noise. */
const TEXTS = `
how long to boil an egg until the yolk is firm
best season to plant tulips in a cold garden
the cat slept on the warm windowsill all afternoon
recipe for sourdough bread with rye flour
what to wear for a wedding in late autumn
train departures from the central station to the coast
why do leaves turn red before winter
how to remove red wine stains from a carpet
symptoms of a mild allergy to pollen
winner of the marathon last spring
cheap flights to an island with quiet beaches
grandmother's apple pie with cinnamon
how tall is the highest mountain in the alps
learn to play the violin as an adult
opening hours of the public swimming pool
the orchestra played a slow waltz
which mushrooms are safe to eat
paint colours for a small bedroom
exercises against pain in the lower back
when does the farmers market open on saturday
history of the silk road in central asia
dog barks at strangers near the fence
a novel about a lighthouse keeper and his daughter
how to knit a woollen scarf for beginners
weather forecast for the mountains this weekend
vegetarian soup with lentils and carrots
moving house with two small children
football scores from yesterday evening
names of the moons around saturn
cure for hiccups that really works
qwzx vblorp
xkcdq jjfw pqoz
asdfghjkl qwertyuiop
zzyzx flrbt mnqp
blargh wibblefrotz
hjkl hjkl hjkl
vvxqj kzzpt wwqm
grumblefnord splort
ozqwe rtyzx plmkv
nnnvvv bbbqqq
fjdksla ghtyru
ploxiquat zembrod
wqqwq xyyxy
trallalero dingbonk
kkkjjj qqqxxx
snorfle quibbletwist
dkfjgh slkdjf
mxmxmx zqzqzq
yrblfk wstrp
oompaloo gazonk
`;

/** Nothing is a right answer to them. */
export const UNRELATED: readonly JudgedQuery[] = TEXTS.trim()
  .split('\n')
  .map((text) => ({ text, relevant: new Set<number>(), half: halfOf(text) }));
