import { randomBytes } from 'node:crypto';

import { isObject } from '../../nodes/Aha/transport/json';
import type { AccountOptions } from './account';
import { LiveAccount, Stopped } from './account';
import { AuditTrail } from './auditTrail';
import type { Call } from './operationForm';
import type { Assumption, AssumptionResult } from './probe';
import { Probe } from './probe';
import { readAssumptions } from './readAssumptions';
import type { ReadResult } from './reads';
import { Reads } from './reads';
import { Shapes } from './shape';
import { writeAssumptions } from './writeAssumptions';
import type { Workspace } from './workspace';
import { readWorkspace } from './workspace';
import type { WriteResult } from './writes';
import { Writes } from './writes';

export interface CheckOptions extends AccountOptions {
	/** Prefix or ID of the workspace to write in; it only reads without. */
	readonly writeTo?: string;
	/** The read operations to run; all unless given. */
	readonly calls?: readonly Call[];
	/** Hears what is done next. */
	readonly onProgress?: (what: string) => void;
	/** Hears of each record that was made and could not be deleted again. */
	readonly onLeftover?: (leftover: Leftover) => void;
}

/** What a check found. Holds nothing of the account's records. */
export interface Result {
	readonly startedAt: Date;
	readonly seconds: number;
	/** How many responses had each status; 0 is no response. */
	readonly statuses: ReadonlyMap<number, number>;
	/** Milliseconds of each request, in order of time. */
	readonly times: readonly number[];
	readonly assumptions: readonly AssumptionResult[];
	readonly reads: readonly ReadResult[];
	readonly writes: readonly WriteResult[];
	/** How many records were made and could not be deleted again. */
	readonly leftovers: number;
	/** Why it ended before its end. */
	readonly stopped?: 'by hand' | 'all requests are used up';
}

/** A record that was made and could not be deleted again. */
export interface Leftover {
	readonly kind: string;
	readonly id: string;
}

/**
 * Checks an Aha! account against what node and simulated account take for granted.
 *
 * @throws Error when the account cannot be reached with this key; what was made is deleted first
 */
export async function checkLive(options: CheckOptions): Promise<Result> {
	const account = await LiveAccount.open(options);
	try {
		return await new Check(account, options).run();
	} finally {
		account.stop();
	}
}

class Check {
	private readonly startedAt = new Date();
	private readonly shapes = new Shapes();
	private readonly reads: Reads;
	private readonly assumptions: AssumptionResult[] = [];
	private writes: Writes | undefined;
	private trail: AuditTrail | undefined;
	private leftovers = 0;
	private stopped: Result['stopped'];

	constructor(
		private readonly account: LiveAccount,
		private readonly options: CheckOptions,
	) {
		this.reads = new Reads(account, this.shapes);
	}

	async run(): Promise<Result> {
		const { writeTo, calls } = this.options;
		const email = await this.signIn();
		const workspace = writeTo ? await readWorkspace(this.account, writeTo) : undefined;
		try {
			this.say('Checking assumptions …');
			await this.assume(readAssumptions, new Probe(this.account));
			if (workspace) await this.write(workspace, email);
			this.say('Running read operations …');
			await this.reads.search();
			await this.reads.run(calls);
		} catch (error) {
			if (!(error instanceof Stopped)) throw error;
			this.stopped = this.options.signal?.aborted ? 'by hand' : 'all requests are used up';
		} finally {
			await this.account.cleanUp(async () => await this.cleanUp());
		}
		return this.result();
	}

	private say(what: string): void {
		this.options.onProgress?.(what);
	}

	/** @returns the email address of the user of the key */
	private async signIn(): Promise<string> {
		const { status, body } = await this.account.ask('GET', '/me');
		if (status !== 200) throw new SignInError(status);
		const user = isObject(body) && isObject(body.user) ? body.user : {};
		return String(user.email);
	}

	private async assume(assumptions: readonly Assumption[], probe: Probe): Promise<void> {
		for (const { assumed, check } of assumptions) {
			this.assumptions.push({ assumed, ...(await check(probe)) });
		}
	}

	private async write({ id, status }: Workspace, email: string): Promise<void> {
		const marker = `n8n check ${randomBytes(4).toString('hex')}`;
		this.trail = new AuditTrail(new Probe(this.account));
		this.writes = new Writes(this.account, this.shapes, id, { marker, email, status });
		this.say('Making one record of each kind …');
		await this.writes.createAll();
		this.say('Changing each of them …');
		await this.writes.updateAll();
		this.assumptions.push(await this.trail.follow('create', this.madeById()));
		this.assumptions.push(await this.trail.follow('update', this.madeById()));
		await this.assume(writeAssumptions, new Probe(this.account, this.writes.idsMade));
	}

	private madeById(): Map<string, WriteResult> {
		return new Map(this.writes?.made.map(({ id, result }) => [id, result]));
	}

	/** Deletes what was made, and looks whether the key was good until the end. */
	private async cleanUp(): Promise<void> {
		if (this.writes) {
			this.say('Deleting what was made …');
			const left = await this.writes.deleteAll();
			this.leftovers = left.length;
			for (const { result, id } of left) this.options.onLeftover?.({ kind: result.kind, id });
			if (!this.stopped) await this.followDeletes();
		}
		const { status } = await this.account.ask('GET', '/me');
		this.assumptions.push({
			assumed: 'A key is good until it is revoked; a token for the whole of this check',
			holds: status === 200,
			seen: `${status} after ${this.seconds()} s`,
		});
	}

	private async followDeletes(): Promise<void> {
		const deleted = [...this.madeById()].filter(([, { remove }]) => remove?.worked);
		try {
			const seen = await this.trail?.follow('destroy', new Map(deleted));
			if (seen) this.assumptions.push(seen);
		} catch (error) {
			if (!(error instanceof Stopped)) throw error;
			this.stopped = 'by hand';
		}
	}

	private seconds(): number {
		return Math.round((Date.now() - this.startedAt.getTime()) / 1000);
	}

	private result(): Result {
		const statuses = new Map<number, number>();
		for (const { status } of this.account.log)
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
		return {
			startedAt: this.startedAt,
			seconds: this.seconds(),
			statuses,
			times: this.account.log.map(({ milliseconds }) => milliseconds),
			assumptions: this.assumptions,
			reads: this.reads.results,
			writes: this.writes?.results ?? [],
			leftovers: this.leftovers,
			stopped: this.stopped,
		};
	}
}

/** The account did not let the key in. */
export class SignInError extends Error {
	constructor(status: number) {
		super(
			status === 401
				? 'Aha! did not accept the key.'
				: `Aha! did not answer as expected: status ${status} for GET /me. Check the account domain.`,
		);
	}
}
