package dev.corral.worker;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong and what to do about it in place of a stack trace. */
class WorkerRefusedAnalyzer extends AbstractFailureAnalyzer<WorkerRefused> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, WorkerRefused refused) {
		return new FailureAnalysis(refused.getMessage(), refused.remedy(), refused);
	}

}
