package dev.corral.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong and what to do about it in place of a stack trace. */
class AccessRefusedAnalyzer extends AbstractFailureAnalyzer<AccessRefused> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AccessRefused refused) {
		return new FailureAnalysis(refused.getMessage(), refused.remedy(), refused);
	}

}
