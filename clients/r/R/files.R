# Files of a site: fetched once, kept by their checksum, never handed out when they differ.

sha256_of <- function(file) {
  if (exists("sha256sum", where = asNamespace("tools"), inherits = FALSE)) {
    return(unname(get("sha256sum", asNamespace("tools"))(file)))
  }
  if (requireNamespace("digest", quietly = TRUE)) {
    return(digest::digest(file = file, algo = "sha256"))
  }
  commands <- list(c("sha256sum"), c("shasum", "-a", "256"))
  for (command in commands) {
    if (nzchar(Sys.which(command[1]))) {
      line <- system2(command[1], c(command[-1], shQuote(file)), stdout = TRUE)
      return(sub("^\\\\?([0-9a-f]{64}) .*$", "\\1", line[1]))
    }
  }
  stop("Nothing here computes SHA-256. Install the package digest, or R 4.5 or newer.", call. = FALSE)
}

# NULL where there is no such file.
fetch_lines <- function(url) {
  file <- tempfile()
  on.exit(unlink(file))
  done <- tryCatch(
    suppressWarnings(utils::download.file(url, file, quiet = TRUE, mode = "wb")),
    error = function(error) 1L
  )
  if (done != 0L) return(NULL)
  readLines(file, encoding = "UTF-8", warn = FALSE)
}

keep_file <- function(atlas, path) {
  sha256 <- atlas$sums[path]
  if (is.na(sha256)) {
    stop("The release has no file ", path, ". atlas_slices(atlas) lists those that there are.", call. = FALSE)
  }
  kept <- file.path(atlas$cache, sha256)
  if (file.exists(kept) && identical(sha256_of(kept), unname(sha256))) return(kept)
  dir.create(atlas$cache, recursive = TRUE, showWarnings = FALSE)
  part <- tempfile(tmpdir = atlas$cache)
  on.exit(unlink(part))
  url <- utils::URLencode(paste0(atlas$data_url, path))
  done <- tryCatch(
    suppressWarnings(utils::download.file(url, part, quiet = TRUE, mode = "wb")),
    error = function(error) 1L
  )
  if (done != 0L) stop(url, " cannot be fetched. Check the connection.", call. = FALSE)
  if (!identical(sha256_of(part), unname(sha256))) {
    stop(
      url, " is not the file that the release names. ",
      "The site was probably updated in between: open the Atlas again.",
      call. = FALSE
    )
  }
  file.rename(part, kept)
  kept
}

# A list of the release, checked as every file is, and read once.
read_json <- function(atlas, path) {
  if (is.null(atlas$lists[[path]])) assign(path, jsonlite::fromJSON(keep_file(atlas, path)), envir = atlas$lists)
  atlas$lists[[path]]
}
