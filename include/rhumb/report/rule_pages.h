// What is said about the rules themselves: pages of docs/rules/, the list of `rhumb rules`.
#pragma once

#include <span>
#include <string>

#include "rhumb/lint/rule.h"

namespace rhumb::report {

/// Markdown: the page of one rule.
std::string rule_page(const lint::Rule& rule);
/// Markdown: all rules by category, with links to their pages.
std::string rule_index(std::span<const lint::Rule* const> rules);
/// A table for terminals: name, severity, where it is on, summary.
std::string rule_table(std::span<const lint::Rule* const> rules);
/// The same for programs, everything that the pages have.
std::string rules_json(std::span<const lint::Rule* const> rules);

}  // namespace rhumb::report
