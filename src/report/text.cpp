#include "report/text.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/because.h"
#include "report/escape.h"
#include "report/excerpt.h"
#include "report/writers.h"

namespace rhumb::report {
namespace {

constexpr std::size_t gutter = 5;  // of line numbers, shorter ones are filled up
constexpr std::size_t default_width = 200;
constexpr std::size_t smallest_width = 40;

/// SGR parameters.
constexpr std::string_view bold = "1";
constexpr std::string_view dim = "2";
constexpr std::string_view blue = "34";

std::string painted(bool color, std::string_view style, std::string_view text) {
  return color ? fmt::format("\x1b[{}m{}\x1b[0m", style, text) : std::string(text);
}

std::string_view severity_style(Severity severity) {
  switch (severity) {
    case Severity::error: return "1;31";
    case Severity::warning: return "1;33";
    case Severity::info: return "1;36";
    case Severity::note: return "1;34";
  }
  return bold;
}

std::string excerpt_lines(const View& view, const lint::Finding& finding, bool color, std::size_t width) {
  const std::optional<Excerpt> shown = excerpt(view, view.primary(finding), width - gutter - 3);
  if (!shown) return {};
  const std::string number = painted(color, blue, fmt::format("{:>{}} |", shown->line, gutter));
  const std::string blank = painted(color, blue, fmt::format("{:>{}} |", "", gutter));
  const std::string marks = painted(color, severity_style(finding.severity), shown->marks);
  return fmt::format("{}{}{}\n{} {}\n", number, shown->text.empty() ? "" : " ", shown->text, blank, marks);
}

std::string reason_lines(const std::vector<std::string>& sentences, bool color) {
  std::string out;
  for (const std::string& sentence : sentences) {
    out += fmt::format("{:>{}} {}\n", "", gutter, painted(color, blue, "=") + " " + printable(sentence));
  }
  return out;
}

/// Findings that say different things about the same place for the same reason.
struct Group {
  std::string headlines;
  std::string cause;  // excerpt and sentences, which all of them have in common
  std::vector<std::string> advice;
};

class TextReport {
 public:
  explicit TextReport(const View& view)
      : view_(view),
        color_(view.options().color),
        width_(view.options().width == 0 ? default_width
                                         : std::max<std::size_t>(view.options().width, smallest_width)) {}

  std::string write() {
    for (const lint::Finding* finding : view_.findings()) add(*finding);
    finish();
    return view_.options().is_explanation ? out_ : out_ + summary();
  }

 private:
  void add(const lint::Finding& finding) {
    const std::string cause =
        excerpt_lines(view_, finding, color_, width_) + reason_lines(causes(view_, finding), color_);
    if (group_.headlines.empty() || cause != group_.cause || !same_place(finding)) {
      finish();
      group_.cause = cause;
    }
    const std::string line = headline(view_, finding, color_) + "\n";
    if (group_.headlines.find(line) == std::string::npos) group_.headlines += line;
    for (std::string& sentence : advice(view_, finding)) {
      auto& known = group_.advice;
      if (std::find(known.begin(), known.end(), sentence) == known.end()) known.push_back(std::move(sentence));
    }
    last_ = &finding;
  }

  bool same_place(const lint::Finding& finding) const {
    if (group_.cause.empty()) return false;  // nothing to share
    return last_ != nullptr && view_.primary(finding) == view_.primary(*last_) && finding.chart == last_->chart;
  }

  void finish() {
    if (!group_.headlines.empty()) {
      out_ += group_.headlines + group_.cause + reason_lines(group_.advice, color_) + "\n";
    }
    group_ = {};
  }

  std::string summary() const {
    const Totals& totals = view_.totals();
    std::string_view style = totals.errors > 0 ? severity_style(Severity::error) : "1;32";
    if (totals.errors == 0 && totals.warnings > 0) style = severity_style(Severity::warning);
    return painted(color_, style, printable(view_.summary()));
  }

  const View& view_;
  bool color_;
  std::size_t width_;
  std::string out_;
  Group group_;
  const lint::Finding* last_ = nullptr;
};

}  // namespace

std::string headline(const View& view, const lint::Finding& finding, bool color) {
  std::string where;
  if (const std::optional<Place> place = view.place(view.primary(finding))) {
    where = place->to_string();
  } else if (!finding.chart.empty()) {
    where = view.anchor(finding).to_string();
  }
  if (!where.empty()) where = painted(color, bold, printable(where) + ":") + " ";
  const std::string severity =
      painted(color, severity_style(finding.severity), std::string(severity_name(finding.severity)) + ":");
  const std::string message = painted(color, bold, printable(view.message(finding)));
  const std::string text = fmt::format("{}{} {}", where, severity, message);
  if (finding.rule == nullptr) return text;
  const std::string rule = painted(color, dim, fmt::format("[{}]", printable(rule_name(finding))));
  return fmt::format("{}{} {}", text, finding.suppression ? " (silenced)" : "", rule);
}

std::string details(const View& view, const lint::Finding& finding) {
  return excerpt_lines(view, finding, false, default_width) + reason_lines(causes(view, finding), false) +
         reason_lines(advice(view, finding), false);
}

std::string write_text(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  return TextReport(view).write();
}

}  // namespace rhumb::report
