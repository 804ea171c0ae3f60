import type { Arrow } from './graph';

/** All other rooms are within `nodes`. */
const OUTSIDE: ReadonlySet<string> = new Set(['credentials', 'sandbox', 'tools', 'test']);

const idOf = (room: string): string =>
	room.replace(/\W+(\w)/g, (_, first: string) => first.toUpperCase());

const boxOf = (room: string): string => (idOf(room) === room ? room : `${idOf(room)}["${room}"]`);

/** Draws a Mermaid flowchart, in which arrows are sorted. */
export function mermaidOf(arrows: readonly Arrow[]): string {
	const rooms = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].sort();
	const lines = arrows.map(
		({ from, to, typesOnly }) => `${idOf(from)} ${typesOnly ? '-.->' : '-->'} ${idOf(to)}`,
	);
	return [
		'flowchart TD',
		'subgraph nodes',
		...rooms.filter((room) => !OUTSIDE.has(room)).map((room) => `\t${boxOf(room)}`),
		'end',
		...rooms.filter((room) => OUTSIDE.has(room)).map(boxOf),
		...lines.sort(),
	].join('\n');
}
