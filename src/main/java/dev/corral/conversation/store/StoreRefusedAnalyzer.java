package dev.corral.conversation.store;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with the store and what to do about it in place of a stack trace. */
class StoreRefusedAnalyzer extends AbstractFailureAnalyzer<StoreRefused> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StoreRefused refused) {
		return new FailureAnalysis(refused.getMessage(), refused.remedy(), refused);
	}

}
