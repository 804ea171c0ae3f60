import { ensureApiKey } from '../demo/credentials';
import { ahaNode, chain, manualTrigger } from '../runtime/workflow';
import { SHOWN_OPERATION } from './shown';
import { openCanvas, openNode, type Studio } from './studio';

const NAME = 'Get many features';

/** A picture of a node in the editor: its form, and the features it has read. */
export async function shootEditor(studio: Studio, path: string): Promise<void> {
	const { page, n8n, sandbox } = studio;
	const credential = await ensureApiKey(n8n.client, sandbox.account('mycompany'));
	const node = ahaNode(NAME, credential, SHOWN_OPERATION);
	const { id } = await n8n.client.createWorkflow(chain('Features', [manualTrigger(), node]));
	await page.setViewportSize({ width: 1400, height: 900 });
	await openCanvas(studio, id);
	await page.locator('[data-test-id=execute-workflow-button]').click();
	// Its message covers what the node returned.
	const message = page.getByText('Workflow executed successfully');
	await message.waitFor();
	await openNode(studio, NAME);
	await page.locator('[data-test-id=output-panel]').getByText('PRJ1-1', { exact: true }).waitFor();
	await message.waitFor({ state: 'hidden' });
	await page.screenshot({ path, animations: 'disabled' });
}
