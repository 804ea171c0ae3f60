/**
 * Replaces what is between the marks of a section, `<!-- name: … -->` and `<!-- /name -->`.
 *
 * @throws Error when a mark is missing
 */
export function replaceSection(text: string, name: string, content: string): string {
	const marks = new RegExp(`(<!-- ${name}: [^>]* -->\n)[^]*(<!-- /${name} -->)`);
	if (!marks.test(text)) throw new Error(`The marks of the section "${name}" are missing`);
	return text.replace(marks, (_, start, end) => `${start}\n${content}\n\n${end}`);
}
