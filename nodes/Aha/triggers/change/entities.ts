/** The names of the characters from U+00A0 to U+00FF in HTML, in their order. */
const LATIN_1 = (
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn ' +
	'sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave ' +
	'Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ' +
	'ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN ' +
	'szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave ' +
	'iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ' +
	'ucirc uuml yacute thorn yuml'
).split(' ');

const NAMED: ReadonlyMap<string, string> = new Map([
	...LATIN_1.map((name, index) => [name, String.fromCharCode(0xa0 + index)] as const),
	['nbsp', ' '],
	...Object.entries({
		amp: '&',
		apos: "'",
		gt: '>',
		lt: '<',
		quot: '"',
		ensp: ' ',
		emsp: ' ',
		thinsp: ' ',
		ndash: '–',
		mdash: '—',
		lsquo: '‘',
		rsquo: '’',
		sbquo: '‚',
		ldquo: '“',
		rdquo: '”',
		bdquo: '„',
		lsaquo: '‹',
		rsaquo: '›',
		dagger: '†',
		Dagger: '‡',
		bull: '•',
		hellip: '…',
		permil: '‰',
		prime: '′',
		Prime: '″',
		euro: '€',
		trade: '™',
		larr: '←',
		uarr: '↑',
		rarr: '→',
		darr: '↓',
		harr: '↔',
		minus: '−',
		infin: '∞',
		ne: '≠',
		le: '≤',
		ge: '≥',
		OElig: 'Œ',
		oelig: 'œ',
		Scaron: 'Š',
		scaron: 'š',
		Yuml: 'Ÿ',
	}),
]);

const HIGHEST_CODE_POINT = 0x10ffff;

/**
 * Decodes the character references of HTML: by number, and the names of Latin-1 and of punctuation.
 * It leaves others as they are. n8n-workflow has no such function.
 */
export const decodeEntities = (html: string): string =>
	html.replace(
		/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]\w{1,7}));/gi,
		(entity, decimal?: string, hex?: string, name?: string) => {
			if (name !== undefined) return NAMED.get(name) ?? entity;
			const codePoint = decimal === undefined ? parseInt(String(hex), 16) : Number(decimal);
			return codePoint <= HIGHEST_CODE_POINT ? String.fromCodePoint(codePoint) : entity;
		},
	);
