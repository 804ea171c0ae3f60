import type { SandboxAccount } from '../../sandbox';

type Store = SandboxAccount['store'];

/** A record by each of what names it. */
export interface KnownRecord {
	readonly id: string;
	readonly name: string;
	readonly reference: string;
	readonly url: string;
}

/** A record whose name becomes the only one. */
function known(store: Store, kind: string, page: string, key: string): KnownRecord {
	const found = store.find(kind, key);
	if (!found) throw new Error(`There is no ${kind} ${key}`);
	const name = `${String(found.data.name)} of ${key}`;
	found.data.name = name;
	return { id: found.id, name, reference: key, url: `https://mycompany.aha.io/${page}/${key}` };
}

/** Records of the workspace PRJ1, one of each kind that a feature can have. */
export function knownRecords(store: Store): Record<string, KnownRecord> {
	const inWorkspace = (kind: string, page: string) => {
		const isThere = ({ data }: { data: Record<string, unknown> }) =>
			String(data.reference_num).startsWith('PRJ1-');
		return known(store, kind, page, String(store.first(kind, isThere)?.data.reference_num));
	};
	return {
		workspace: known(store, 'product', 'products', 'PRJ1'),
		feature: inWorkspace('feature', 'features'),
		release: known(store, 'release', 'releases', 'PRJ1-R-2'),
		epic: inWorkspace('epic', 'epics'),
		initiative: inWorkspace('initiative', 'initiatives'),
		goals: inWorkspace('goal', 'strategic_imperatives'),
	};
}
