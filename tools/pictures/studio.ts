import type { Browser, Page } from 'playwright-core';

import { runningDemo, type RunningDemo } from './runningDemo';
import { launchBrowser } from '../runtime/browser';
import { LOCAL_OWNER } from '../runtime/n8n';

/** The demo, and a browser in which a person has signed in to it. */
export interface Studio extends RunningDemo {
	readonly browser: Browser;
	/** A window with n8n's editor. */
	readonly page: Page;
	close(): Promise<void>;
}

export async function openStudio(): Promise<Studio> {
	const demo = await runningDemo();
	const browser = await launchBrowser(demo.sandbox.proxyUrl);
	const context = await browser.newContext({
		ignoreHTTPSErrors: true,
		colorScheme: 'light',
	});
	const page = await context.newPage();
	await page.goto(`${demo.n8n.url}/signin`);
	const form = page.locator('[data-test-id=auth-form]');
	await form.locator('input[type=email]').fill(LOCAL_OWNER.email);
	await form.locator('input[type=password]').fill(LOCAL_OWNER.password);
	await form.locator('[data-test-id=form-submit-button]').click();
	await page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
	return {
		...demo,
		browser,
		page,
		close: async () => {
			await browser.close();
			await demo.stop();
		},
	};
}

/** The ID of a workflow of the demo. */
export async function workflowId({ n8n }: Studio, title: string): Promise<string> {
	const workflow = (await n8n.client.workflows()).find(({ name }) => name === title);
	if (!workflow) throw new Error(`The demo has no workflow "${title}"`);
	return workflow.id;
}

/** Opens a workflow and shows all of its canvas. */
export async function openCanvas({ page, n8n }: Studio, id: string): Promise<void> {
	await page.goto(`${n8n.url}/workflow/${id}`);
	await page.locator('[data-test-id=canvas-node]').first().waitFor();
	await page.keyboard.press('1');
	// The zoom is animated.
	await page.waitForTimeout(1_500);
}

/** Opens a node of the canvas, and waits until its form is filled. */
export async function openNode({ page }: Studio, name: string): Promise<void> {
	await page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
	await page.locator('[data-test-id=node-parameters]').waitFor();
	// Lists load their options.
	await page.waitForLoadState('networkidle');
}
