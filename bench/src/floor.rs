//! The physical floor: what any checker must do with an archive, and nothing else. One thread, one pass.

use anyhow::{Result, anyhow};
use cssparser::{Parser as CssParser, Token};
use oxc_allocator::Allocator;
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;
use std::hint::black_box;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Inflates everything, parses and resolves every script once, reads every stylesheet's tokens, decodes every PNG.
pub fn read(archive: &[u8]) -> Result<()> {
    for (path, bytes) in unpack(archive)? {
        match path.rsplit('.').next() {
            Some("js") => read_script(&path, &bytes)?,
            Some("css") => read_style(std::str::from_utf8(&bytes)?),
            Some("png") => read_picture(&bytes)?,
            _ => {}
        }
    }
    Ok(())
}

/// Parses and resolves every script, after unpacking: the least that a bundle costs.
pub fn read_scripts(archive: &[u8]) -> Result<()> {
    unpack(archive)?.iter().filter(|(path, _)| path.ends_with(".js")).try_for_each(|(path, bytes)| read_script(path, bytes))
}

/// Bytes of an archive's files.
pub struct Sizes {
    pub all: u64,
    pub largest_script: u64,
}

/// What the archive's files measure.
pub fn sizes(archive: &[u8]) -> Result<Sizes> {
    let mut archive = ZipArchive::new(Cursor::new(archive))?;
    let mut sizes = Sizes { all: 0, largest_script: 0 };
    for index in 0..archive.len() {
        let file = archive.by_index(index)?;
        sizes.all += file.size();
        if file.name()?.ends_with(".js") {
            sizes.largest_script = sizes.largest_script.max(file.size());
        }
    }
    Ok(sizes)
}

fn unpack(archive: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(archive))?;
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index)?;
        let mut bytes = Vec::with_capacity(usize::try_from(file.size())?);
        file.read_to_end(&mut bytes)?;
        files.push((file.name()?.into_owned(), bytes));
    }
    Ok(files)
}

fn read_script(path: &str, bytes: &[u8]) -> Result<()> {
    let text = std::str::from_utf8(bytes)?;
    let allocator = Allocator::default();
    let options = ParseOptions { parse_regular_expression: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, text, SourceType::script()).with_options(options).parse();
    if parsed.diagnostics.has_errors() {
        return Err(anyhow!("{path} has syntax errors"));
    }
    let program = allocator.alloc(parsed.program);
    let resolved = black_box(SemanticBuilder::new().with_check_syntax_error(true).build(program));
    if resolved.diagnostics.has_errors() {
        return Err(anyhow!("{path} does not resolve"));
    }
    Ok(())
}

fn read_style(text: &str) {
    fn tokens(parser: &mut CssParser<'_>) {
        while let Ok(token) = parser.next_including_whitespace_and_comments() {
            if matches!(
                token,
                Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock
            ) {
                let _ = parser.parse_nested_block(|inner| -> Result<(), cssparser::ParseError<()>> {
                    tokens(inner);
                    Ok(())
                });
            }
        }
    }
    tokens(&mut CssParser::new(text));
}

fn read_picture(bytes: &[u8]) -> Result<()> {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info()?;
    let size = reader.output_buffer_size().ok_or_else(|| anyhow!("a picture of too many pixels"))?;
    let mut pixels = vec![0; size];
    black_box(reader.next_frame(&mut pixels)?);
    Ok(())
}
