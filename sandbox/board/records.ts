import type { Store } from '../api';
import { statusesOf } from '../api/workflows';

const FEATURES = 24;
const IDEAS = 12;

/** What a card of the board shows. */
interface Card {
	readonly reference: string;
	readonly name: string;
	readonly status: string;
	readonly comments: number;
	readonly votes?: number;
}

export interface Board {
	readonly workspace: string;
	readonly release: string;
	readonly statuses: readonly string[];
	readonly features: readonly Card[];
	readonly ideas: readonly Card[];
}

/** The next release of the first workspace, and its most popular ideas. */
export function readBoard(store: Store): Board {
	const workspace = store.all('product')[0];
	const isOwn = ({ data }: Entity): boolean => store.resolve(data.project) === workspace;
	const release = store.first('release', (each) => isOwn(each) && each.data.released === false);
	const features = store
		.all('feature')
		.filter(({ data }) => store.resolve(data.release) === release);
	const ideas = store.all('idea').filter(isOwn);
	return {
		workspace: String(workspace.data.name),
		release: String(release?.data.name),
		statuses: statusesOf(store, 'feature', workspace).map(({ data }) => String(data.name)),
		features: features.slice(0, FEATURES).map((feature) => cardOf(store, feature)),
		ideas: ideas
			.map((idea) => ({ ...cardOf(store, idea), votes: votesFor(store, idea) }))
			.sort((a, b) => b.votes - a.votes)
			.slice(0, IDEAS),
	};
}

type Entity = ReturnType<Store['all']>[number];

const cardOf = (store: Store, record: Entity): Card => ({
	reference: String(record.data.reference_num),
	name: String(record.data.name),
	status: String(store.resolve(record.data.workflow_status)?.data.name),
	comments: store.referrers(record, 'comment').size + store.referrers(record, 'idea_comment').size,
});

const votesFor = (store: Store, idea: Entity): number =>
	store.referrers(idea, 'idea_endorsement').size;
