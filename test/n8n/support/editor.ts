import {
	selectors,
	type Browser,
	type BrowserContext,
	type Locator,
	type Page,
} from 'playwright-core';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { LOCAL_OWNER } from '../../../tools/runtime/n8n';
import type { Owner } from '../../../tools/runtime/n8nClient';
import { CredentialDialog } from './credentialDialog';

/** Milliseconds; a page may take long on a busy machine. */
const TIMEOUT = 90_000;

selectors.setTestIdAttribute('data-test-id');

/** n8n's editor as a person uses it. */
export class Editor {
	/** Every URL that the browser requested. */
	readonly addresses: string[] = [];

	private constructor(
		readonly page: Page,
		context: BrowserContext,
		private readonly url: string,
		private readonly pictures: string,
	) {
		context.on('request', (request) => this.addresses.push(request.url()));
	}

	/**
	 * Signs in.
	 *
	 * @param pictures the folder for screenshots
	 */
	static async open(browser: Browser, url: string, pictures: string): Promise<Editor> {
		const context = await browser.newContext({
			ignoreHTTPSErrors: true,
			viewport: { width: 1400, height: 900 },
		});
		context.setDefaultTimeout(TIMEOUT);
		const editor = new Editor(await context.newPage(), context, url, pictures);
		await editor.signIn(LOCAL_OWNER);
		return editor;
	}

	byTestId(id: string): Locator {
		return this.page.getByTestId(id);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.byTestId('canvas-node').first().waitFor();
	}

	/** Closes the other windows and the dialog that a test left open, or leaves the page. */
	async tidyUp(): Promise<void> {
		const popups = this.page.context().pages();
		for (const popup of popups) if (popup !== this.page) await popup.close();
		await CredentialDialog.discard(this.page).catch(async () => await this.leave());
	}

	/** Opens an empty page. */
	async leave(): Promise<void> {
		await this.page.goto('about:blank');
	}

	/**
	 * Makes the open page wait longer before it reads what is typed.
	 *
	 * @param milliseconds added to the timers that n8n sets for this (0.1 to 1 s)
	 */
	async slowDown(milliseconds: number): Promise<void> {
		await this.page.evaluate((added) => {
			const original = window.setTimeout.bind(window);
			const slow = (handler: () => void, delay = 0, ...rest: unknown[]) =>
				original(handler, delay >= 100 && delay <= 1_000 ? delay + added : delay, ...rest);
			window.setTimeout = slow as typeof window.setTimeout;
		}, milliseconds);
	}

	/** Opens an empty workflow, and gives it a trigger to click on: the plus, and the panel. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		// n8n has one of them, depending on whether its AI can build workflows.
		const plus = this.byTestId('canvas-plus-button');
		await plus.or(this.byTestId('canvas-add-first-step-button')).first().click();
		await this.panelNode('Trigger manually').click();
		await this.byTestId('canvas-node').first().waitFor();
	}

	/** Opens the node panel with its shortcut, and searches until it shows a node. */
	async searchPanel(text: string, node: string): Promise<void> {
		await this.page.keyboard.press('n');
		await this.byTestId('node-creator-search-bar').fill(text);
		await this.panelNode(node).waitFor();
	}

	/** Opens a node of the panel, which then shows its actions. */
	async openInPanel(node: string): Promise<void> {
		await this.panelNode(node).click();
	}

	panelAction(action: string): Locator {
		return this.page
			.locator('[data-keyboard-nav-type=action]')
			.filter({ hasText: exactly(action) });
	}

	/** Drags an action out of the panel onto the canvas: n8n then opens the new node. */
	async dragAction(action: string, to: { x: number; y: number }): Promise<void> {
		await this.panelAction(action)
			.locator('[draggable]')
			.first()
			.dragTo(this.byTestId('canvas-wrapper'), { targetPosition: to });
		await this.parameters.waitFor();
	}

	/** Draws the connection from one node of the canvas to another. */
	async connect(from: string, to: string): Promise<void> {
		const output = this.handle(from, 'canvas-node-output-handle');
		await output.dragTo(this.handle(to, 'canvas-node-input-handle'));
		const ends = `[data-source-node-name="${from}"][data-target-node-name="${to}"]`;
		await this.page.locator(`[data-test-id=edge]${ends}`).waitFor({ state: 'attached' });
	}

	/** Whether the canvas of the page has a node of this name. */
	async hasNode(name: string): Promise<boolean> {
		return await this.node(name).isVisible();
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.parameters.waitFor();
	}

	async closeNode(): Promise<void> {
		await this.byTestId('ndv-close-button').click();
		await this.parameters.waitFor({ state: 'hidden' });
	}

	get parameters(): Locator {
		return this.byTestId('node-parameters');
	}

	/** A field of the open node. */
	field(name: string): Locator {
		return this.parameters.getByTestId(`parameter-input-${name}`);
	}

	/** What a field with a fixed list shows. */
	async value(name: string): Promise<string> {
		return await this.field(name).locator('input').inputValue();
	}

	/** Chooses in a field with a fixed list, and waits until the field shows the choice. */
	async choose(name: string, option: string): Promise<void> {
		await this.field(name).click();
		await this.page.getByRole('option', { name: option, exact: true }).click();
		await showsValue(this.field(name).locator('input'), option);
	}

	/** Chooses a record from a list, and waits until the field shows it. */
	async chooseRecord(name: string, record: string, search?: string): Promise<void> {
		const input = this.locator(name).getByTestId('rlc-input');
		await input.click();
		if (search !== undefined) await this.searchRecords(search);
		const item = this.byTestId('rlc-item').filter({ hasText: record, visible: true }).first();
		// A click while the list of another field closes only closes that.
		await item.waitFor({ timeout: 20_000 }).catch(async () => await input.click());
		await item.click();
		await showsValue(input, record);
	}

	/** Types into a field for text. */
	async type(name: string, text: string): Promise<void> {
		await this.field(name).locator('input, textarea').first().fill(text);
	}

	/** Adds a field of the first collection of the form. */
	async addOption(label: string): Promise<void> {
		await this.parameters.getByTestId('collection-parameter-add').first().click();
		await this.page.getByRole('option', { name: label, exact: true }).click();
	}

	/** The labels of the ways to give a record. */
	async modes(name: string): Promise<string[]> {
		await this.locator(name).getByTestId('rlc-mode-selector').click();
		const options = this.page.getByRole('option').locator('visible=true');
		await options.first().waitFor();
		const labels = await options.allInnerTexts();
		await this.page.keyboard.press('Escape');
		return labels.map((label) => label.trim());
	}

	/** Chooses how to give a record. */
	async chooseMode(name: string, label: string): Promise<void> {
		await this.locator(name).getByTestId('rlc-mode-selector').click();
		await this.page.getByRole('option', { name: label, exact: true }).click();
	}

	/** Types what names a record. */
	async typeRecord(name: string, text: string): Promise<void> {
		await this.locator(name).locator('input').last().fill(text);
	}

	/** What a field for a record shows. */
	async recordText(name: string): Promise<string> {
		return await this.locator(name).locator('input').last().inputValue();
	}

	/** The messages in red, and the fields of the open node that n8n marks in red. */
	async issues(): Promise<string[]> {
		const messages = await this.page.locator('.el-notification:has(.el-notification--error)').all();
		const fields = await this.parameters.getByTestId('parameter-issues').all();
		const shown = await Promise.all(
			[...messages, ...fields].map(async (element) => await element.innerText()),
		);
		return shown.map((text) => text || 'A field has an issue');
	}

	/** Waits until a field has an issue. */
	async showsIssue(text: string): Promise<void> {
		await this.parameters.getByTestId('parameter-issues').first().hover();
		await this.page.getByText(text).first().waitFor();
	}

	/** The dialog of a new credential for the open node. */
	async newCredential(): Promise<CredentialDialog> {
		const first = this.parameters.getByTestId('node-credentials-empty-state').getByRole('button');
		const select = this.parameters.getByTestId('node-credentials-select');
		await first.or(select).click();
		if (await select.isVisible()) await this.byTestId('node-credentials-select-item-new').click();
		return await CredentialDialog.shown(this.page);
	}

	/** The dialog of the credential that the open node has; n8n tests it at once. */
	async openCredential(): Promise<CredentialDialog> {
		await this.parameters.getByTestId('credential-edit-button').click();
		return await CredentialDialog.shown(this.page);
	}

	/**
	 * Runs the workflow with the button of the canvas.
	 *
	 * @returns the id of the execution
	 */
	async run(): Promise<string> {
		const response = this.page.waitForResponse(/\/rest\/workflows\/[^/]+\/run/);
		await this.byTestId('execute-workflow-button').click();
		const { data } = (await (await response).json()) as { data: { executionId: string } };
		return data.executionId;
	}

	/** Stops the run with the button of the canvas. */
	async stop(): Promise<void> {
		await this.byTestId('stop-execution-button').click();
	}

	/** Waits until the output of the open node shows a text. */
	async showsOutput(text: string): Promise<void> {
		await this.byTestId('output-panel').getByText(text).filter({ visible: true }).first().waitFor();
	}

	/** Saves a picture of a window, by default the editor's. */
	async screenshot(name: string, page = this.page): Promise<void> {
		await page.screenshot({ path: join(this.pictures, `${name}.png`), animations: 'disabled' });
	}

	/** Saves a picture of the editor in its dark colors. */
	async darkScreenshot(name: string): Promise<void> {
		await this.page.emulateMedia({ colorScheme: 'dark' });
		await this.screenshot(name);
		await this.page.emulateMedia({ colorScheme: 'light' });
	}

	/** Opens the list of a field for several records. @returns its options */
	private async openOptions(name: string): Promise<Locator> {
		const options = this.page.locator('.el-select-dropdown__item').locator('visible=true');
		const first = options.first();
		// Another list may still be closing.
		await first.waitFor({ state: 'hidden' });
		// While the list loads, n8n ignores a click.
		while (!(await first.isVisible())) {
			await this.field(name).locator('.el-select').click();
			await first.waitFor({ timeout: 2_000 }).catch(() => undefined);
		}
		return options;
	}

	/** Chooses in a field for several records. */
	async chooseSeveral(name: string, chosen: readonly string[]): Promise<void> {
		const options = await this.openOptions(name);
		for (const option of chosen) await options.filter({ hasText: option }).first().click();
		await this.page.keyboard.press('Escape');
	}

	/** What a field for several records offers. */
	async optionsOf(name: string): Promise<string[]> {
		const options = await this.openOptions(name);
		const labels = await options.locator('.option-headline').allInnerTexts();
		await this.page.keyboard.press('Escape');
		return labels.map((label) => label.trim());
	}

	/** Saves the open workflow with the shortcut. */
	async save(): Promise<void> {
		await this.page.keyboard.press('Control+s');
	}

	/** Runs the open polling trigger once. */
	async fetchTestEvent(): Promise<void> {
		await this.page.getByRole('button', { name: 'Fetch Test Event' }).first().click();
	}

	/** Lets the open webhook trigger listen for one request, and waits until it does. */
	async listen(): Promise<void> {
		const response = this.page.waitForResponse(/\/rest\/workflows\/[^/]+\/run/);
		await this.byTestId('trigger-execute-button').first().click();
		await response;
		await this.byTestId('trigger-listening').waitFor();
	}

	/** Copies a URL of the open webhook trigger with one click. @returns what the clipboard has */
	async copyWebhookUrl(kind: 'Test URL' | 'Production URL'): Promise<string> {
		await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		const closed = this.page.getByTitle('Click to display webhook URLs');
		if (await closed.isVisible()) await closed.click();
		await this.page.locator('.webhooks').getByText(kind, { exact: true }).click();
		const path = kind === 'Test URL' ? '/webhook-test/' : '/webhook/';
		await this.page.evaluate(async () => await navigator.clipboard.writeText(''));
		await this.page.locator('.webhook-url').filter({ hasText: path }).click();
		const copied = await this.page.waitForFunction(
			async () => await navigator.clipboard.readText(),
		);
		return String(await copied.jsonValue());
	}

	/** Types into the search of the open list, and waits for what n8n finds. */
	private async searchRecords(text: string): Promise<void> {
		const found = this.page.waitForResponse((response) => {
			if (!response.url().includes('/resource-locator-results')) return false;
			const { filter } = response.request().postDataJSON() as { filter?: string };
			return filter === text;
		});
		await this.byTestId('rlc-search').locator('visible=true').fill(text);
		await found;
	}

	private locator(name: string): Locator {
		return this.parameters.getByTestId(`resource-locator-${name}`);
	}

	private panelNode(name: string): Locator {
		return this.byTestId('node-creator-item-name').filter({ hasText: exactly(name) });
	}

	private node(name: string): Locator {
		return this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
	}

	private handle(node: string, kind: string): Locator {
		return this.page.locator(`[data-test-id=${kind}][data-node-name="${node}"]`).first();
	}

	private async signIn({ email, password }: Owner): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		const form = this.byTestId('auth-form');
		await form.locator('input[type=email]').fill(email);
		await form.locator('input[type=password]').fill(password);
		await form.getByTestId('form-submit-button').click();
		await this.page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
	}
}

/** Waits until a field shows a text; n8n may add to it. */
async function showsValue(input: Locator, text: string): Promise<void> {
	const deadline = Date.now() + TIMEOUT;
	for (;;) {
		const value = await input.inputValue();
		if (value.includes(text)) return;
		if (Date.now() > deadline) throw new Error(`The field shows "${value}", not "${text}"`);
		await sleep(50);
	}
}

const exactly = (text: string): RegExp =>
	new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
