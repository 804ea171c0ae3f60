import { resources } from '../../nodes/Aha/resources';
import { operationsTable } from './operationsTable';
import { updateSection } from './section';

/** Writes the table of operations into the README. With `--check`, fails if it is out of date. */
void updateSection(
	{ file: 'README.md', name: 'operations' },
	operationsTable(resources),
	'npm run docs',
);
