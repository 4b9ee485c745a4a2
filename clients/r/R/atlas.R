# A published release, as data frames that carry their licence and caveats.

atlas_open <- function(site, cache = tools::R_user_dir("atlasclient", "cache")) {
  base <- sub("/?$", "/", site)
  data_url <- paste0(base, "data/")
  sums <- fetch_lines(paste0(data_url, "SHA256SUMS"))
  if (is.null(sums)) {
    data_url <- base
    sums <- fetch_lines(paste0(data_url, "SHA256SUMS"))
  }
  sums <- grep("^[0-9a-f]{64}  .+$", sums, value = TRUE)
  if (length(sums) == 0) {
    stop("There is no Atlas at ", base, ". Name its front page, or its data folder.", call. = FALSE)
  }
  # Beside the data folder, or in it where that is the root of a host.
  above <- sub("(://[^/]+/(.*/)?)[^/]+/$", "\\1", data_url)
  caveats <- fetch_lines(paste0(above, "reading.txt"))
  structure(
    list(
      data_url = data_url,
      cache = cache,
      sums = stats::setNames(substr(sums, 1, 64), substring(sums, 67)),
      caveats = if (is.null(caveats)) character() else caveats[nzchar(caveats)]
    ),
    class = "atlas"
  )
}

atlas_slices <- function(atlas) {
  pattern <- "^(country|network|domain)/([^/]+)/([^/]+)\\.csv$"
  paths <- grep(pattern, names(atlas$sums), value = TRUE)
  data.frame(
    kind = sub(pattern, "\\1", paths),
    key = sub(pattern, "\\2", paths),
    slice = sub(pattern, "\\3", paths),
    path = paths,
    stringsAsFactors = FALSE
  )
}

atlas_slice <- function(atlas, kind, key, slice) {
  path <- paste0(kind, "/", key, "/", slice, ".csv")
  file <- keep_file(atlas, path)
  lines <- readLines(file, encoding = "UTF-8", warn = FALSE)
  notes <- sub("^# ", "", lines[seq_len(match(FALSE, startsWith(lines, "# "), length(lines) + 1) - 1)])
  frame <- utils::read.csv(
    file,
    comment.char = "#", na.strings = "", encoding = "UTF-8", stringsAsFactors = FALSE
  )
  for (name in intersect(c("day", "week"), names(frame))) frame[[name]] <- as.Date(frame[[name]])
  licence <- grep("^Licence: ", notes, value = TRUE)
  attr(frame, "atlas") <- list(
    release = sub("^.*data release ([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}).*$", "\\1", notes[1]),
    licence = sub("^Licence: ([^ ]+) .*$", "\\1", licence),
    licence_url = sub("^.*\\((.*)\\)$", "\\1", licence),
    attribution = notes[2],
    notes = notes,
    caveats = atlas$caveats,
    url = paste0(atlas$data_url, path)
  )
  frame
}

atlas_about <- function(frame) attr(frame, "atlas", exact = TRUE)
