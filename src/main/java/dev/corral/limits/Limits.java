package dev.corral.limits;

/** How much one key may use, as in {@link LimitSettings}; 0 of each is any number. */
record Limits(long requestsPerMinute, long tokensPerMinute, long concurrentReplies, long dailyTokens) {

	boolean none() {
		return requestsPerMinute == 0 && tokensPerMinute == 0 && concurrentReplies == 0 && dailyTokens == 0;
	}

}
