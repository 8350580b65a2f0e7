package dev.corral.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong and what to do about it in place of a stack trace. */
class SettingUnknownAnalyzer extends AbstractFailureAnalyzer<SettingUnknown> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SettingUnknown unknown) {
		return new FailureAnalysis(unknown.getMessage(), unknown.remedy(), unknown);
	}

}
