// Programs that do nothing but tell Prometheus how something else is.
#pragma once

#include "lint/context.h"

namespace rhumb::lint {

/// kube-state-metrics, or an exporter by its image or its name, which nobody but Prometheus asks: its Services lead to
/// metrics alone. Every pod of it exports the same series.
bool is_exporter(const Workloads& workloads, const Workload& workload);

}  // namespace rhumb::lint
