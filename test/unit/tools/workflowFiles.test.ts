import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Aha } from '../../../nodes/Aha/Aha.node.js';
import { resources } from '../../../nodes/Aha/resources';
import { examples } from '../../../tools/demo/workflows';
import type { WorkflowFile } from '../../../tools/runtime/n8nClient';
import { SAVED, type Saved } from '../../../tools/saved/saved';

const saved = readdirSync(SAVED).flatMap(
	(file) => (JSON.parse(readFileSync(join(SAVED, file), 'utf8')) as Saved).workflows,
);

const operations = new Map(
	resources.map(({ value, operations: all }) => [value as string, all.map((one) => one.value)]),
);
const { properties } = new Aha().description;
// n8n adds two to each tool.
const parameters = new Set([
	...properties.map(({ name }) => name),
	'descriptionType',
	'toolDescription',
]);

const ahaNodes = ({ nodes }: WorkflowFile) =>
	nodes.filter(({ type }) => /^n8n-nodes-aha\.aha(Tool)?$/.test(type));

const cases = [...examples, ...saved].flatMap((workflow) =>
	ahaNodes(workflow).map((node) => [workflow.name, node.name, node] as const),
);

test.each(cases)('%s: the operation and the parameters of "%s" exist', (_workflow, _name, node) => {
	const { resource, operation } = node.parameters;
	expect(operations.get(String(resource))).toContain(operation);
	expect(Object.keys(node.parameters).filter((name) => !parameters.has(name))).toEqual([]);
});
