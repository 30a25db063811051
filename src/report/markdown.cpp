// For a comment on a pull request or the summary of a job: verdict, table, details to unfold, requirements. A comment
// may have 65,536 characters, so what comes last is left out of a report that grows too long.
#include <fmt/format.h>

#include "report/escape.h"
#include "report/matrix.h"
#include "report/text.h"
#include "report/writers.h"
#include "rhumb/base/strings.h"

namespace rhumb::report {
namespace {

constexpr std::size_t table_budget = 25'000;    // bytes
constexpr std::size_t details_budget = 25'000;  // bytes

std::string_view icon(Severity severity) {
  switch (severity) {
    case Severity::error: return ":x:";
    case Severity::warning: return ":warning:";
    case Severity::info:
    case Severity::note: break;
  }
  return ":information_source:";
}

std::string place_text(const View& view, const lint::Finding& finding) {
  if (const std::optional<Place> place = view.place(view.primary(finding))) return place->path_and_line();
  return finding.chart.empty() ? std::string() : view.file(finding.chart).path;
}

std::string row(const View& view, const lint::Finding& finding) {
  std::string what = markdown(view.message(finding));
  if (const std::string where = subject(finding); !where.empty()) what += "<br>" + markdown_code(where);
  const std::string_view mark = finding.suppression ? ":mute:" : icon(finding.severity);
  return fmt::format("| {} {} | {} | {} | {} | {} |\n", mark, severity_name(finding.severity),
                     markdown_code(place_text(view, finding)), what, markdown_code(rule_name(finding)),
                     markdown(environment_names(finding)));
}

std::string detail(const View& view, const lint::Finding& finding) {
  const std::string text = headline(view, finding, false) + "\n" + details(view, finding);
  const std::string title = fmt::format("{}: {}", place_text(view, finding), view.message(finding));
  return fmt::format("<details><summary>{}</summary>\n\n{}\n</details>\n\n", markdown_html(title),
                     markdown_block(text));
}

/// A piece for each finding, as long as they fit; then how many do not.
template <typename Piece>
std::string within(std::size_t budget, const View& view, const Piece& piece) {
  std::string out;
  for (std::size_t i = 0; i < view.findings().size(); ++i) {
    const std::string next = piece(view, *view.findings()[i]);
    if (out.size() + next.size() > budget) {
      return out + fmt::format("\n{} more left out.\n\n", counted(view.findings().size() - i, "finding"));
    }
    out += next;
  }
  return out + "\n";
}

std::string_view cell(const lint::RequirementState* state) {
  if (state == nullptr || state->kind == lint::RequirementState::Kind::not_applicable) return "–";
  return state->kind == lint::RequirementState::Kind::met ? ":white_check_mark: met" : ":x: broken";
}

std::string matrix_table(const Matrix& matrix) {
  std::string out = fmt::format("\n#### Requirements of {}\n\n| requirement |", markdown(matrix.chart));
  for (const std::string& environment : matrix.environments) out += fmt::format(" {} |", markdown(environment));
  out += " broken by |\n|---|";
  for (std::size_t i = 0; i <= matrix.environments.size(); ++i) out += "---|";
  out += '\n';
  for (const Matrix::Row& row : matrix.rows) {
    out += fmt::format("| {} |", markdown(row.requirement));
    for (const lint::RequirementState* state : row.states) out += fmt::format(" {} |", cell(state));
    out += fmt::format(" {} |\n", markdown(row.broken_by));
  }
  return out;
}

}  // namespace

std::string write_markdown(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  std::string out = fmt::format("### rhumb: {}\n", markdown(view.summary()));
  if (!view.findings().empty()) {
    out += "\n| severity | place | finding | rule | environments |\n|---|---|---|---|---|\n";
    out += within(table_budget, view, row) + within(details_budget, view, detail);
    out = std::string(strings::trim_right(out, "\n")) + "\n";
  }
  for (const Matrix& matrix : matrices(view)) out += matrix_table(matrix);
  return std::string(strings::trim_right(out, "\n"));
}

}  // namespace rhumb::report
