import { getAdditionalKeys } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	INodeParameters,
	INodeProperties,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import { AhaApiKey } from '../../credentials/AhaApiKey.credentials';
import { AhaOAuth2Api } from '../../credentials/AhaOAuth2Api.credentials';

/** The data of each credential; for OAuth2 with the `oauthTokenData` of a sign-in. */
export interface StoredCredentials {
	ahaApiKey?: ICredentialDataDecryptedObject;
	ahaOAuth2Api?: ICredentialDataDecryptedObject;
}

export type CredentialName = keyof StoredCredentials;

const types: Readonly<Record<CredentialName, ICredentialType>> = {
	ahaApiKey: new AhaApiKey(),
	ahaOAuth2Api: new AhaOAuth2Api(),
};

const noNodeTypes: INodeTypes = {
	getByName: () => ({ description: { properties: [] } }) as never,
	getByNameAndVersion: () => ({ description: { properties: [] } }) as never,
	getKnownTypes: () => ({}),
};

const node = { name: '', type: 'none', typeVersion: 1, parameters: {} } as unknown as INode;

/** Applies defaults and evaluates expressions, as n8n's `CredentialsHelper` does. */
function decrypt(
	additionalData: IWorkflowExecuteAdditionalData,
	properties: INodeProperties[],
	stored: ICredentialDataDecryptedObject,
	mode: WorkflowExecuteMode,
): ICredentialDataDecryptedObject {
	const filled = NodeHelpers.getNodeParameters(
		properties,
		stored as INodeParameters,
		true,
		false,
		null,
		null,
	) as INodeParameters;
	if (stored.oauthTokenData) {
		filled.oauthTokenData = stored.oauthTokenData as INodeParameters;
	}
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: noNodeTypes,
	});
	return workflow.expression.getComplexParameterValue(
		node,
		filled,
		mode,
		getAdditionalKeys(additionalData, mode, null, { isCredential: true }),
		undefined,
		undefined,
		filled,
	) as ICredentialDataDecryptedObject;
}

/** n8n's helper for credentials, with the given data instead of a database. */
export function credentialsHelper(stored: StoredCredentials): ICredentialsHelper {
	const storedOf = (type: string): ICredentialDataDecryptedObject => {
		const found = stored[type as CredentialName];
		if (!found) throw new Error(`The test has no credential ${type}`);
		return found;
	};
	const helper: Partial<ICredentialsHelper> = {
		getParentTypes: (type) => types[type as CredentialName].extends ?? [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: (type) => types[type as CredentialName].properties,
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		authenticate: async (data, type, options) => {
			const { authenticate } = types[type as CredentialName];
			return typeof authenticate === 'function'
				? await authenticate(data, options as IHttpRequestOptions)
				: (options as IHttpRequestOptions);
		},
		getDecrypted: async (additionalData, _nodeCredentials, type, mode, _executeData, raw) =>
			raw
				? storedOf(type)
				: decrypt(additionalData, types[type as CredentialName].properties, storedOf(type), mode),
		updateCredentialsOauthTokenData: async (_nodeCredentials, type, { oauthTokenData }) => {
			stored[type as CredentialName] = { ...storedOf(type), oauthTokenData };
		},
	};
	return helper as ICredentialsHelper;
}
