package dev.corral.telemetry;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.HistogramSupport;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/**
 * Another name for a meter, in Prometheus' own form. The tag {@code model} becomes {@code model_name}, and {@code reason}
 * {@code finished_reason}, with vLLM's word for a request that was given up.
 *
 * @param name without {@code _total}
 * @param meter its name in Micrometer
 */
record Alias(String name, String meter, Kind kind) {

	/** The forms that vLLM uses. */
	enum Kind {

		GAUGE, COUNTER, HISTOGRAM

	}

	static Alias gauge(String name, String meter) {
		return new Alias(name, meter, Kind.GAUGE);
	}

	static Alias counter(String name, String meter) {
		return new Alias(name, meter, Kind.COUNTER);
	}

	static Alias histogram(String name, String meter) {
		return new Alias(name, meter, Kind.HISTOGRAM);
	}

	/** What the meters with these tags tell now; without data points as long as there are none. */
	MetricSnapshot read(MeterRegistry registry) {
		var meters = registry.find(meter).meters();
		var metadata = new MetricMetadata(name, "The same as " + meter);
		return switch (kind) {
			case GAUGE -> new GaugeSnapshot(metadata, meters.stream()
					.map(each -> new GaugeSnapshot.GaugeDataPointSnapshot(value(each), labels(each), null)).toList());
			case COUNTER -> new CounterSnapshot(metadata, meters.stream()
					.map(each -> new CounterSnapshot.CounterDataPointSnapshot(value(each), labels(each), null, 0))
					.toList());
			case HISTOGRAM -> new io.prometheus.metrics.model.snapshots.HistogramSnapshot(metadata, histograms(meters));
		};
	}

	private static double value(Meter meter) {
		return meter.measure().iterator().next().getValue();
	}

	private static List<HistogramDataPointSnapshot> histograms(Collection<Meter> meters) {
		return meters.stream().filter(HistogramSupport.class::isInstance).map(Alias::histogram).toList();
	}

	private static HistogramDataPointSnapshot histogram(Meter meter) {
		var snapshot = ((HistogramSupport) meter).takeSnapshot();
		return meter instanceof Timer
				? histogram(meter, snapshot, each -> each.bucket(TimeUnit.SECONDS), snapshot.total(TimeUnit.SECONDS))
				: histogram(meter, snapshot, CountAtBucket::bucket, snapshot.total());
	}

	private static HistogramDataPointSnapshot histogram(Meter meter, HistogramSnapshot snapshot,
			ToDoubleFunction<CountAtBucket> bound, double sum) {
		var buckets = ClassicHistogramBuckets.builder();
		double below = 0;
		for (var bucket : snapshot.histogramCounts()) {
			if (Double.isFinite(bound.applyAsDouble(bucket)) && bucket.bucket() < Double.MAX_VALUE) {
				buckets.bucket(bound.applyAsDouble(bucket), (long) (bucket.count() - below));
				below = bucket.count();
			}
		}
		// More may have been recorded since the buckets were counted, or not counted in them yet.
		buckets.bucket(Double.POSITIVE_INFINITY, (long) Math.max(0, snapshot.count() - below));
		return new HistogramDataPointSnapshot(buckets.build(), sum, labels(meter), null, 0);
	}

	private static Labels labels(Meter meter) {
		var labels = Labels.builder().label("model_name", String.valueOf(meter.getId().getTag("model")));
		var reason = meter.getId().getTag("reason");
		return (reason == null
				? labels
				: labels.label("finished_reason", reason.equals("cancelled") ? "abort" : reason)).build();
	}

}
