/** The built credential types and nodes, for people who load them by code. */
module.exports = {
	credentials: {
		...require('./dist/credentials/AhaApiKey.credentials.js'),
		...require('./dist/credentials/AhaOAuth2Api.credentials.js'),
	},
	nodes: {
		...require('./dist/nodes/Aha/Aha.node.js'),
		...require('./dist/nodes/AhaTrigger/AhaTrigger.node.js'),
		...require('./dist/nodes/AhaWebhookTrigger/AhaWebhookTrigger.node.js'),
	},
};
