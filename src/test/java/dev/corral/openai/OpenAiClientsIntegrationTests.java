package dev.corral.openai;

import dev.corral.RealApplication;

/** Clients written for OpenAI talk to the real model. */
class OpenAiClientsIntegrationTests extends RealApplication implements OpenAiClientsContract {

	@Override
	public int port() {
		return port;
	}

	@Override
	public String model() {
		return MODEL;
	}

}
