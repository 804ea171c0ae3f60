import type { Audit } from './auditLog';
import type { Handler, RequestContext } from './context';
import { ApiError, invalid, notFound } from './errors';
import { kindOfType, toTypePath } from './kinds';
import type { Query } from './lists';
import { paginate, parseTime } from './lists';
import { isObject } from './shapes';
import type { Store } from './store';

/** Matches a type in any form: `Feature`, `feature`, `Ideas::Idea`, `ideas/idea`. */
const isType = (audited: string | null, wanted: string): boolean =>
	audited !== null &&
	(audited === toTypePath(wanted) ||
		(kindOfType(wanted) !== undefined && kindOfType(wanted) === kindOfType(audited)));

const fits =
	(query: Query) =>
	(audit: Audit): boolean => {
		const since = parseTime(query, 'created_since');
		const before = parseTime(query, 'created_before');
		const at = Date.parse(audit.created_at);
		return (
			(since === undefined || at >= since) &&
			(before === undefined || at < before) &&
			(!query.audit_action || audit.audit_action === query.audit_action) &&
			(!query.user_id || audit.user.id === query.user_id) &&
			(!query.auditable_id || audit.auditable_id === query.auditable_id) &&
			(!query.associated_id || audit.associated_id === query.associated_id) &&
			(!query.auditable_type || isType(audit.auditable_type, query.auditable_type)) &&
			(!query.associated_type || isType(audit.associated_type, query.associated_type))
		);
	};

const listAudits: Handler = ({ store, query }) => {
	const entries = store.log.readable(query.after_id).filter(fits(query));
	const { records, pagination } = paginate(entries, query);
	return { audits: records, pagination };
};

/** Queries of the historical searches by id. */
const searches = new WeakMap<Store, Map<string, Query>>();

const searchesIn = (store: Store): Map<string, Query> => {
	const known = searches.get(store) ?? new Map<string, Query>();
	searches.set(store, known);
	return known;
};

const SEARCH_COST = 10;
const AUDITS_PER_PAGE = 100;

const sendTokens = ({ store, reply }: RequestContext): void => {
	reply.header('X-Historical-Tokens-Available', String(store.historyTokens));
};

function assertRange(query: Query): void {
	for (const name of ['created_since', 'created_before']) {
		if (parseTime(query, name) === undefined) throw invalid(`${name} can't be blank`);
	}
}

/** Lists who changed which record on which days. */
const indexHistory: Handler = (context) => {
	sendTokens(context);
	assertRange(context.query);
	const found = new Map<string, Record<string, unknown> & { dates_active: string[] }>();
	for (const audit of context.store.audits.filter(fits(context.query))) {
		const key = `${audit.auditable_type} ${audit.auditable_id} ${String(audit.user.id)}`;
		const { auditable_id, auditable_type, user } = audit;
		const entry = found.get(key) ?? { auditable_id, auditable_type, ...user, dates_active: [] };
		entry.dates_active.push(audit.created_at.slice(0, 10));
		found.set(key, entry);
	}
	const { records, pagination } = paginate([...found.values()], context.query);
	return { historical_audits: records, pagination };
};

const startSearch: Handler = (context) => {
	const { store, body } = context;
	const search = isObject(body.search) ? body.search : body;
	const query = Object.fromEntries(
		Object.entries(search).map(([key, value]) => [key, String(value as string)]),
	);
	assertRange(query);
	if (store.historyTokens < SEARCH_COST)
		throw new ApiError(429, { error: 'No historical tokens are left' });
	store.historyTokens -= SEARCH_COST;
	const id = store.newId();
	searchesIn(store).set(id, query);
	sendTokens(context);
	return { search_id: id };
};

/** Reports the search as running at first, then returns its results page by page. */
const readSearch: Handler = (context) => {
	const { store, parameters, query } = context;
	const search = searchesIn(store).get(parameters.search_id);
	sendTokens(context);
	if (!search) throw notFound();
	if (!search.seen) {
		searchesIn(store).set(parameters.search_id, { ...search, seen: 'yes' });
		return { audits: [], running: true, next_token: null, results_complete: false };
	}
	const start = Number(query.next_token ?? 0);
	const all = store.audits.filter(fits(search));
	const end = start + AUDITS_PER_PAGE;
	return {
		audits: all.slice(start, end),
		running: false,
		next_token: end < all.length ? String(end) : null,
		results_complete: end >= all.length,
	};
};

export const auditHandlers: Readonly<Record<string, Handler>> = {
	'GET /audits': listAudits,
	'GET /historical_audits': indexHistory,
	'POST /historical_audits': startSearch,
	'GET /historical_audits/{search_id}': readSearch,
};
