package dev.corral.catalog;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong and what to do about it in place of a stack trace. */
class ModelRefusedAnalyzer extends AbstractFailureAnalyzer<ModelRefused> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ModelRefused refused) {
		return new FailureAnalysis(refused.getMessage(), refused.remedy(), refused);
	}

}
