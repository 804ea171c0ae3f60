import type { Page } from 'playwright-core';

import type { Person } from '../../../tools/runtime/consent';

/**
 * Decides on the consent page in the window that n8n opened, after the sign-in if Aha! asks for it.
 *
 * @param shown is called once the consent page asks somebody who has just signed in
 */
export async function consent(
	popup: Page,
	{ email, password }: Person,
	decision: 'Authorize' | 'Deny',
	shown?: () => Promise<void>,
): Promise<void> {
	const button = popup.getByRole('button', { name: decision });
	const emailInput = popup.locator('input[type=email]');
	await button.or(emailInput).first().waitFor();
	if (await emailInput.isVisible()) {
		await emailInput.fill(email);
		await popup.locator('input[type=password]').fill(password);
		await popup.getByRole('button', { name: 'Sign in' }).click();
		await button.waitFor();
	}
	await shown?.();
	await button.click();
}

/** Why n8n could not connect, from the page that it shows in the window. */
export async function consentFailure(popup: Page): Promise<string> {
	await popup.getByText('More details').click();
	return await popup.locator('body').innerText();
}
