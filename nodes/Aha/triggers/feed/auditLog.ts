import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { PAGE_SIZE } from '../../transport/pages';
import type { Ask, ListAnswer } from './listResponse';
import { isoTime } from './listResponse';
import type { Audit } from '../change/change';
import { isAudit } from '../change/change';
import type { Entry, Page, Reach, Source } from './follow';

/**
 * The audit log as a stream. Aha! recommends `after_id` as a cursor, in lieu of pages; that a
 * page after it holds the lowest ids, in ascending order, is an assumption that its examples
 * bear out. Where the order is another, all pages are read before anything is settled.
 */
export class AuditLog implements Source<Audit> {
	constructor(private readonly ask: Ask) {}

	async *pages({ floor, since }: Reach): AsyncGenerator<Page<Audit>> {
		const query = { created_since: isoTime(since), per_page: PAGE_SIZE };
		let after = floor;
		for (;;) {
			const cursor: IDataObject = {
				...query,
				...(after !== undefined && { after_id: String(after) }),
			};
			const answer = await this.ask(cursor);
			const entries = answer.records.map(entryOf);
			if (answer.pages > 1 && !isAscending(entries)) {
				yield* this.allPages(cursor, answer, entries);
				return;
			}
			const isLast = answer.pages <= 1 || entries.length === 0;
			yield { entries, now: answer.now, total: answer.total, unread: isLast ? 'none' : 'above' };
			if (isLast) return;
			after = entries[entries.length - 1].position;
		}
	}

	/** Entries are only ever added, so pages shift apart, and none is skipped. */
	private async *allPages(
		query: IDataObject,
		first: ListAnswer,
		entries: Array<Entry<Audit>>,
	): AsyncGenerator<Page<Audit>> {
		let { pages } = first;
		yield { entries, now: first.now, total: first.total, unread: 'anywhere' };
		for (let page = 2; page <= pages; page++) {
			const answer = await this.ask({ ...query, page });
			pages = answer.pages;
			const unread = page < pages ? 'anywhere' : 'none';
			yield { entries: answer.records.map(entryOf), now: answer.now, total: answer.total, unread };
		}
	}
}

/** @throws UserError when it cannot be read: skipped, it would be lost */
export function entryOf(audit: unknown): Entry<Audit> {
	if (!isAudit(audit)) {
		throw new UserError('Aha! gave an entry of its audit log that cannot be read');
	}
	return { position: BigInt(audit.id), at: Date.parse(audit.created_at), value: audit };
}

const isAscending = (entries: ReadonlyArray<Entry<Audit>>): boolean =>
	entries.every(({ position }, index) => index === 0 || position > entries[index - 1].position);
