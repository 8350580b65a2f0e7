package dev.corral.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.corral.access.keys.KeyLimits;
import dev.corral.inference.InvalidParameter;

/**
 * How much each key may use that does not say otherwise; 0 of each is any number.
 *
 * @param requestsPerMinute most requests for replies or vectors in a minute
 * @param tokensPerMinute most tokens of prompts and replies in a minute
 * @param concurrentReplies most replies that are written at once
 * @param dailyTokens most tokens of prompts and replies in a day in UTC
 */
@ConfigurationProperties("corral.limits")
record LimitSettings(@DefaultValue("0") long requestsPerMinute, @DefaultValue("0") long tokensPerMinute,
		@DefaultValue("0") long concurrentReplies, @DefaultValue("0") long dailyTokens) {

	/** @throws InvalidParameter if one is out of its range */
	LimitSettings {
		new KeyLimits(requestsPerMinute, tokensPerMinute, concurrentReplies, dailyTokens);
	}

	/** What holds for a key. */
	Limits of(KeyLimits key) {
		var requests = key.requestsPerMinute();
		var tokens = key.tokensPerMinute();
		var replies = key.concurrentReplies();
		var daily = key.dailyTokens();
		return new Limits(requests == null ? requestsPerMinute : requests, tokens == null ? tokensPerMinute : tokens,
				replies == null ? concurrentReplies : replies, daily == null ? dailyTokens : daily);
	}

}
