import type { Audit } from './auditLog';
import type { Handler } from './engine';
import { kindOfType, snake } from './kinds';
import type { Query } from './lists';
import { pageOf, timeIn } from './lists';

/** A type in any of its spellings: `Feature`, `feature`, `Ideas::Idea`, `ideas/idea`. */
const isType = (audited: string | null, wanted: string): boolean =>
	audited !== null &&
	(audited === snake(wanted) ||
		(kindOfType(wanted) !== undefined && kindOfType(wanted) === kindOfType(audited)));

const fits =
	(query: Query) =>
	(audit: Audit): boolean => {
		const since = timeIn(query, 'created_since');
		const before = timeIn(query, 'created_before');
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

export const listAudits: Handler = ({ store, query }) => {
	const entries = store.log.readable(query.after_id).filter(fits(query));
	const { records, pagination } = pageOf(entries, query);
	return { audits: records, pagination };
};

export const fitting = (audits: readonly Audit[], query: Query): Audit[] =>
	audits.filter(fits(query));
