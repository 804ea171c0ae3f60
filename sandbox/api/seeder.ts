import { defaultsOf } from './defaults';
import { addNote, noteKeys, assignNumber } from './changes';
import { sampleOf } from './samples';
import type { Entity, Store } from './store';
import { Ref, refTo } from './store';
import { statusesOf, workflowKindsOf } from './workflows';

const DAY = 24 * 60 * 60 * 1000;

/** Adds the initial records of an account. Their dates are relative to today. */
export class Seeder {
	private readonly today = Math.floor(Date.now() / DAY) * DAY;

	private readonly workflowParts = new Map<string, Ref[]>();

	constructor(readonly store: Store) {}

	/**
	 * @param daysAgo its creation date
	 * @param text its description
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

	/** Adds a complete record: values that are not given come from recorded responses. */
	addSample(name: string, data: Record<string, unknown> = {}, daysAgo?: number): Entity {
		return this.add(name, { ...sampleOf(name), ...data }, daysAgo, 'A description');
	}

	/** A date relative to today, as `YYYY-MM-DD`. */
	day(daysFromNow: number): string {
		return new Date(this.today + daysFromNow * DAY).toISOString().slice(0, 10);
	}

	/** A time relative to today, in ISO 8601. */
	daysAgo(daysAgo: number): string {
		return new Date(this.today - daysAgo * DAY).toISOString();
	}

	/** @param project the workspace, where it has a workflow of its own */
	status(kind: string, index: number, project?: unknown): Ref {
		return this.workflowPart(statusesOf, kind, index, project);
	}

	workflowKind(index: number, project: unknown): Ref {
		return this.workflowPart(workflowKindsOf, 'feature', index, project);
	}

	private workflowPart(
		list: typeof statusesOf,
		kind: string,
		index: number,
		project?: unknown,
	): Ref {
		const key = [list.name, kind, project instanceof Ref ? project.id : ''].join(' ');
		const known = this.workflowParts.get(key) ?? list(this.store, kind, project).map(refTo);
		this.workflowParts.set(key, known);
		return known[index % known.length];
	}
}
