<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:a="urn:x-clausier:alignment:1" exclude-result-prefixes="a">
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:template match="/a:alignment">
    <draft versions="{count(a:version)}" beads="{count(a:bead)}"/>
  </xsl:template>
</xsl:stylesheet>
