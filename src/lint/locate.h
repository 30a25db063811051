// From drafts to findings: the place in the output, the cause, the place that a person edits, a fingerprint.
#pragma once

#include "lint/context.h"
#include "rhumb/lint/finding.h"
#include "rhumb/lint/lint.h"

namespace rhumb::lint {

/// Without environments and suppression. `run`: null for drafts of a ChartContext.
Finding locate(const Draft& draft, const Rule& rule, Severity severity, const Run* run, const Target& target,
               const Sources& sources);

/// "Deployment", "tms-odoo" ... of an object that was rendered.
ObjectName name_of(const Object& object);

}  // namespace rhumb::lint
