import type { INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Aha } from '../../nodes/Aha/Aha.node.js';
import { AhaTrigger } from '../../nodes/AhaTrigger/AhaTrigger.node.js';
import { recipes } from '../docs/recipes';
import type { WorkflowFile } from '../runtime/n8nClient';
import { ROOT } from '../runtime/places';
import { SHIPPED_RECIPE, SHOWN_OPERATION } from './shown';

export const IMAGES = join(ROOT, 'docs', 'images');

/** What the pictures were made of, beside the pictures. */
export const FINGERPRINTS = join(IMAGES, 'made-of.json');

const digestOf = (...shown: unknown[]): string =>
	createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 16);

const filesIn = (folder: string): string[] => {
	const path = join(ROOT, folder);
	return readdirSync(path)
		.sort()
		.map((name) => readFileSync(join(path, name), 'utf8'));
};

/** What the canvas shows of a workflow: notes, and nodes with their subtitles. */
const canvasOf = ({ nodes, connections }: WorkflowFile) => ({
	nodes: nodes.map(({ name, type, position, parameters }) => {
		const { resource, operation, events } = parameters;
		const isNote = type === 'n8n-nodes-base.stickyNote';
		return [name, type, position, isNote ? parameters : { resource, operation, events }];
	}),
	connections,
});

/** The fields that the form of a node shows with these values. */
const formOf = (description: INodeTypeDescription, values: INodeParameters) =>
	description.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, null, description),
	);

/**
 * A digest of what each picture in docs/images shows, by file, so that a picture which is older than
 * the product is noticed.
 */
export function fingerprints(): Record<string, string> {
	const nodes = [new Aha().description, new AhaTrigger().description];
	const faces = [
		nodes.map(({ displayName, subtitle }) => [displayName, subtitle]),
		filesIn('icons'),
	];
	const board = filesIn('sandbox/board');
	const [aha, trigger] = nodes;
	const canvases = recipes.map(({ slug, workflow }) => [
		`recipes/${slug}.png`,
		digestOf(canvasOf(workflow), faces),
	]);
	const shipped = recipes.find(({ workflow }) => workflow.name === SHIPPED_RECIPE);
	const [started] = shipped?.workflow.nodes.filter(({ type }) => type.endsWith(trigger.name)) ?? [];
	return {
		...(Object.fromEntries(canvases) as Record<string, string>),
		'board.png': digestOf(board),
		'editor.png': digestOf(formOf(aha, SHOWN_OPERATION), faces),
		'story.webp': digestOf(shipped, formOf(trigger, started.parameters), faces, board),
	};
}

/** The pictures that were made of something else than there is now, by file. */
export function outdatedPictures(): string[] {
	const made = JSON.parse(readFileSync(FINGERPRINTS, 'utf8')) as Record<string, string>;
	const now = fingerprints();
	return Object.keys({ ...made, ...now }).filter((file) => made[file] !== now[file]);
}
