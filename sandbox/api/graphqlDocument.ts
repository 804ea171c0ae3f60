/** A field that a query asks for. */
export interface Field {
	readonly name: string;
	/** The name under which it is answered. */
	readonly as: string;
	readonly arguments: Readonly<Record<string, unknown>>;
	readonly fields: readonly Field[];
}

export interface Operation {
	readonly type: 'query' | 'mutation';
	readonly fields: readonly Field[];
}

const TOKEN = /\s+|,|#[^\n]*|("(?:\\.|[^"\\])*")|(\.\.\.|[{}()[\]:!$=@])|(-?\d+(?:\.\d+)?)|(\w+)/gy;

/** Reads the part of GraphQL that clients of Aha! use: one operation without fragments. */
class Reader {
	private readonly tokens: string[] = [];
	private at = 0;

	constructor(
		text: string,
		private readonly variables: Readonly<Record<string, unknown>>,
	) {
		TOKEN.lastIndex = 0;
		while (TOKEN.lastIndex < text.length) {
			const start = TOKEN.lastIndex;
			const match = TOKEN.exec(text);
			if (!match) throw new Error(`Parse error on "${text[start]}" at ${start}`);
			const token = match[1] ?? match[2] ?? match[3] ?? match[4];
			if (token !== undefined) this.tokens.push(token);
		}
	}

	operation(): Operation {
		const type = this.peek() === '{' ? 'query' : this.next();
		if (type !== 'query' && type !== 'mutation') throw new Error(`Parse error on "${type}"`);
		while (this.peek() !== '{') {
			if (this.peek() === '(') this.declarations();
			else this.next();
		}
		return { type, fields: this.selection() };
	}

	/** Types of variables say nothing here, but what they are unless given. */
	private declarations(): void {
		this.expect('(');
		let depth = 1;
		while (depth > 0) {
			const token = this.next();
			if (token === '(') depth++;
			if (token === ')') depth--;
		}
	}

	private selection(): Field[] {
		const fields: Field[] = [];
		this.expect('{');
		while (this.peek() !== '}') fields.push(this.field());
		this.expect('}');
		if (fields.length === 0) throw new Error('Parse error on "}"');
		return fields;
	}

	private field(): Field {
		const first = this.word();
		const name = this.take(':') ? this.word() : first;
		const given: Record<string, unknown> = {};
		if (this.take('(')) {
			while (!this.take(')')) {
				const key = this.word();
				this.expect(':');
				given[key] = this.value();
			}
		}
		const fields = this.peek() === '{' ? this.selection() : [];
		return { name, as: first, arguments: given, fields };
	}

	private value(): unknown {
		const token = this.next();
		if (token === '$') return this.variables[this.word()];
		if (token.startsWith('"')) return JSON.parse(token) as string;
		if (token === '[') {
			const values: unknown[] = [];
			while (!this.take(']')) values.push(this.value());
			return values;
		}
		if (token === '{') {
			const entries: Record<string, unknown> = {};
			while (!this.take('}')) {
				const key = this.word();
				this.expect(':');
				entries[key] = this.value();
			}
			return entries;
		}
		if (/^-?\d/.test(token)) return Number(token);
		return token in PLAIN ? PLAIN[token] : token;
	}

	private peek(): string | undefined {
		return this.tokens[this.at];
	}

	private next(): string {
		const token = this.tokens[this.at++];
		if (token === undefined) throw new Error('Unexpected end of document');
		return token;
	}

	private take(token: string): boolean {
		if (this.peek() !== token) return false;
		this.at++;
		return true;
	}

	private expect(token: string): void {
		const found = this.next();
		if (found !== token) throw new Error(`Parse error on "${found}", expected "${token}"`);
	}

	private word(): string {
		const token = this.next();
		if (!/^\w+$/.test(token)) throw new Error(`Parse error on "${token}"`);
		return token;
	}
}

const PLAIN: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** @throws Error with a sentence for what is no GraphQL */
export const parseDocument = (text: string, variables: Record<string, unknown>): Operation =>
	new Reader(text, variables).operation();
