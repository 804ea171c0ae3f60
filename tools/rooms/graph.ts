import type { ICruiseResult } from 'dependency-cruiser';

import { ROOT } from '../runtime/places';

/** An arrow from a room to one that it imports. */
export interface Arrow {
	readonly from: string;
	readonly to: string;
	/** Whether only types are imported. */
	readonly typesOnly: boolean;
}

/** The room of the node classes, which are in three folders. */
export const NODE_CLASSES = 'node classes';

const FOLDERS = ['credentials', 'nodes', 'sandbox', 'tools', 'test'];

/** The room of a module, or undefined if it is in none. */
export function roomOf(path: string): string | undefined {
	const [folder, node, room, ...rest] = path.split('/');
	if (!FOLDERS.includes(folder)) return undefined;
	if (folder !== 'nodes') return folder;
	return node === 'Aha' && rest.length > 0 ? room : NODE_CLASSES;
}

/** Reads which room imports which, from the imports in the code. */
export async function readArrows(): Promise<Arrow[]> {
	const { cruise } = await import('dependency-cruiser');
	const { output } = await cruise(FOLDERS, {
		baseDir: ROOT,
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)test/output/' },
		tsPreCompilationDeps: true,
	});
	const arrows = new Map<string, Arrow>();
	for (const { source, dependencies } of (output as ICruiseResult).modules) {
		for (const { resolved, dependencyTypes } of dependencies) {
			const [from, to] = [roomOf(source), roomOf(resolved)];
			if (from === undefined || to === undefined || from === to) continue;
			const name = `${from} ${to}`;
			const typesOnly =
				dependencyTypes.includes('type-only') && (arrows.get(name)?.typesOnly ?? true);
			arrows.set(name, { from, to, typesOnly });
		}
	}
	return [...arrows.values()];
}

/**
 * Leaves out arrows that follow from others: of A → B → C and A → C, the last one.
 *
 * @throws RangeError when there is a circle
 */
export function withoutShortcuts(arrows: readonly Arrow[]): Arrow[] {
	const next = (room: string) => arrows.filter(({ from }) => from === room).map(({ to }) => to);
	const reaches = (from: string, to: string): boolean =>
		next(from).some((room) => room === to || reaches(room, to));
	return arrows.filter(
		({ from, to }) => !next(from).some((room) => room !== to && reaches(room, to)),
	);
}
