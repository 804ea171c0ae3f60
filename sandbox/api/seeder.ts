import { defaultsOf } from './defaults';
import { addNote, noteKeys, assignNumber } from './changes';
import { sampleOf } from './samples';
import type { Entity, Store, Ref } from './store';
import { refTo } from './store';
import { statusesOf, workflowKindsOf } from './workflows';

const DAY = 24 * 60 * 60 * 1000;

/** Makes the records that an account has from the start; their times go with the calendar. */
export class Seeder {
	private readonly today = Math.floor(Date.now() / DAY) * DAY;

	private readonly statuses = new Map<string, Ref[]>();
	private workflowKinds: Ref[] | undefined;

	constructor(readonly store: Store) {}

	/**
	 * @param daysAgo when it was made
	 * @param text of its description
	 */
	add(name: string, data: Record<string, unknown>, daysAgo = 300, text = ''): Entity {
		const made: Record<string, unknown> = { ...defaultsOf(name), ...data };
		assignNumber(this.store, name, made);
		const at = this.today - daysAgo * DAY;
		const entity = this.store.add(name, made, at);
		for (const key of noteKeys(name)) {
			entity.data[key] = refTo(addNote(this.store, entity, text, at));
		}
		return entity;
	}

	/** A record with everything filled in that the recorded answers have. */
	addSample(name: string, data: Record<string, unknown> = {}, daysAgo?: number): Entity {
		return this.add(name, { ...sampleOf(name), ...data }, daysAgo, 'A description');
	}

	/** The day so many days from today, as Aha! writes days. */
	day(daysFromNow: number): string {
		return new Date(this.today + daysFromNow * DAY).toISOString().slice(0, 10);
	}

	/** The moment so many days ago. */
	daysAgo(daysAgo: number): string {
		return new Date(this.today - daysAgo * DAY).toISOString();
	}

	status(kind: string, index: number): Ref {
		const known = this.statuses.get(kind) ?? statusesOf(this.store, kind).map(refTo);
		this.statuses.set(kind, known);
		return known[index % known.length];
	}

	workflowKind(index: number): Ref {
		this.workflowKinds ??= workflowKindsOf(this.store, 'feature').map(refTo);
		return this.workflowKinds[index % this.workflowKinds.length];
	}
}
